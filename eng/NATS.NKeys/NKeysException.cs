namespace NATS.NKeys;

/// <summary>A text is no nkey seed. The message never repeats it.</summary>
public sealed class NKeysException : Exception
{
    /// <summary>Makes one.</summary>
    public NKeysException()
    {
    }

    /// <summary>Makes one.</summary>
    /// <param name="message">What is wrong, without the seed.</param>
    public NKeysException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one.</summary>
    /// <param name="message">What is wrong, without the seed.</param>
    /// <param name="innerException">The cause.</param>
    public NKeysException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
