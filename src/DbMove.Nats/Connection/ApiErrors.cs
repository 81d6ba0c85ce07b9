namespace DbMove.Nats.Connection;

/// <summary>JetStream's error codes that mean something to DbMove.</summary>
internal static class ApiErrors
{
    public const int ConsumerStore = 10012;
    public const int ConsumerNotFound = 10014;
    public const int NotEnabledForAccount = 10039;
    public const int MessageTooLarge = 10054;
    public const int StreamNameInUse = 10058;
    public const int StreamNotFound = 10059;
    public const int StreamIsAnother = 10060;
    public const int SubjectsOverlap = 10065;
    public const int NotEnabled = 10076;
}
