using DbMove.AspNetCore.Problems;

namespace DbMove.AspNetCore.Requests;

/// <summary>The body of a switch. Who asks for it is never in the body.</summary>
internal sealed record SwitchRequest
{
    public const int LongestReason = 1000;

    /// <summary>The longest wait, in seconds: an answer must come before proxies give up.</summary>
    public const double LongestWait = 60;

    public string? Reason { get; init; }

    public bool OverrideGate { get; init; }

    public double WaitForGateSeconds { get; init; }

    /// <exception cref="RefusalException">A value is out of range.</exception>
    public static SwitchRequest Check(SwitchRequest request)
    {
        if (request.Reason is { } reason && (reason.Length > LongestReason || reason.Any(char.IsControl)))
        {
            throw RefusalException.BadBody($"'reason' is one line of at most {LongestReason} characters.");
        }

        if (request.OverrideGate && string.IsNullOrWhiteSpace(request.Reason))
        {
            throw RefusalException.BadBody("'overrideGate' needs a 'reason'; both are kept in the audit.");
        }

        return request.WaitForGateSeconds is >= 0 and <= LongestWait
            ? request
            : throw RefusalException.BadBody($"'waitForGateSeconds' is a number from 0 to {LongestWait}.");
    }
}
