namespace Quickstart.Options;

/// <summary>The sample cannot run as asked, and nothing was changed: one sentence for standard error, exit code 2.</summary>
internal sealed class UsageException(string message) : Exception(message);
