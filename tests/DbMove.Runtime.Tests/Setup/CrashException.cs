namespace DbMove.Runtime.Tests.Setup;

/// <summary>What nothing in DbMove knows, so nothing handles it.</summary>
internal sealed class CrashException() : Exception("the process died here");
