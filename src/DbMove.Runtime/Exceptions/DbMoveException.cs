namespace DbMove;

/// <summary>What every exception of DbMove derives from.</summary>
public abstract class DbMoveException : Exception
{
    /// <summary>Makes an exception.</summary>
    protected DbMoveException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
