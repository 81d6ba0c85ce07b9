namespace DbMove.Chaos.Services;

/// <summary>The service does not run, or has ended before it answered.</summary>
internal sealed class ServiceGoneException(string service) : Exception($"Service {service} is not there.");
