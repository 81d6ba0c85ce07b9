using Microsoft.Extensions.Logging;

namespace DbMove.Events;

/// <summary>What a broker is told about the migration that it serves.</summary>
/// <param name="Migration">The migration's name.</param>
/// <param name="Options">The event options; checked already.</param>
/// <param name="Logger">The migration's logger.</param>
/// <param name="Time">The migration's clock.</param>
public sealed record EventBrokerSetup(string Migration, EventOptions Options, ILogger Logger, TimeProvider Time);
