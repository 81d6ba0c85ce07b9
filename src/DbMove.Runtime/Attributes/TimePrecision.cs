namespace DbMove;

/// <summary>How exactly two times are compared (<see cref="ComparePrecisionAttribute"/>).</summary>
public enum TimePrecision
{
    /// <summary>They differ from one microsecond on.</summary>
    Microseconds = 1,

    /// <summary>They differ from one millisecond on.</summary>
    Milliseconds,

    /// <summary>They differ from one second on.</summary>
    Seconds,

    /// <summary>They differ from one minute on.</summary>
    Minutes,
}
