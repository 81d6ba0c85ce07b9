namespace DbMove;

/// <summary>The configuration cannot work. Thrown before anything is changed; the message names what, where and the remedy.</summary>
/// <param name="message">What is wrong and the remedy.</param>
/// <param name="innerException">What the driver said, if anything.</param>
public sealed class MigrationConfigurationException(string message, Exception? innerException = null)
    : DbMoveException(message, innerException);
