using DbMove.Events;
using DbMove.Nats.Messages;
using NATS.Client.JetStream.Models;

namespace DbMove.Nats.Streams;

/// <summary>The stream and the consumer as a migration wants them.</summary>
internal sealed class StreamPlan
{
    private readonly NatsOptions _options;
    private readonly EventBrokerSetup _setup;
    private readonly string _subjects;

    public StreamPlan(NatsOptions options, EventBrokerSetup setup, EventSubjects subjects)
    {
        (_options, _setup, _subjects) = (options, setup, subjects.All);
        Stream = options.StreamName ?? $"{options.SubjectPrefix.Replace('.', '-')}-{setup.Migration}";
        Consumer = $"{setup.Migration}-fixers";
    }

    /// <summary>The stream's name.</summary>
    public string Stream { get; }

    /// <summary>The name of the consumer that all fixers share.</summary>
    public string Consumer { get; }

    /// <summary>The stream, to be made.</summary>
    public StreamConfig NewStream => new(Stream, [_subjects])
    {
        Description = $"DbMove: inconsistencies of migration {_setup.Migration}",
        Retention = _options.Retention,
        Storage = _options.Storage ?? StreamConfigStorage.File,
        NumReplicas = _options.Replicas ?? 1,
        MaxBytes = _options.MaximumBytes ?? -1,
        MaxAge = _options.MaximumAge ?? TimeSpan.Zero,
        MaxMsgs = -1,
        MaxMsgsPerSubject = -1,
        MaxMsgSize = -1,
        MaxConsumers = -1,
        Discard = Discard,
        DuplicateWindow = Window,
    };

    /// <summary>The consumer, to be made.</summary>
    public ConsumerConfig NewConsumer => new(Consumer)
    {
        Description = $"DbMove: the fixers of migration {_setup.Migration}",
        FilterSubject = _subjects,
        DeliverPolicy = ConsumerConfigDeliverPolicy.All,
        AckPolicy = ConsumerConfigAckPolicy.Explicit,
        AckWait = _setup.Options.Lease,
        ReplayPolicy = ConsumerConfigReplayPolicy.Instant,

        // How often an event is tried, its row in the control table decides.
        MaxDeliver = -1,

        // Messages that wait for their next try count: a bound would hold up all others behind enough of them.
        MaxAckPending = -1,
    };

    // A work queue refuses what it has no room for, and it waits in the control table. A log drops its oldest.
    private StreamConfigDiscard Discard => _options.Retention == StreamConfigRetention.Workqueue ? StreamConfigDiscard.New : StreamConfigDiscard.Old;

    // The server refuses a window longer than the stream keeps messages.
    private TimeSpan Window => _options.DuplicateWindow ?? (_options.MaximumAge < TimeSpan.FromMinutes(2) ? _options.MaximumAge.Value : TimeSpan.FromMinutes(2));

    /// <summary>How an existing stream differs in what matters or in what an option demands; empty: it does not.</summary>
    public IReadOnlyList<string> Differences(StreamConfig stream)
    {
        List<string> differences = [];
        Compare(differences, "retention", stream.Retention, _options.Retention);
        Compare(differences, "discard policy", stream.Discard, Discard);
        Compare(differences, "storage", stream.Storage, _options.Storage ?? stream.Storage);
        Compare(differences, "replicas", stream.NumReplicas, _options.Replicas ?? stream.NumReplicas);
        Compare(differences, "maximum of bytes", stream.MaxBytes, _options.MaximumBytes ?? stream.MaxBytes);
        Compare(differences, "maximum age", stream.MaxAge, _options.MaximumAge ?? stream.MaxAge);
        Compare(differences, "duplicate window", stream.DuplicateWindow, _options.DuplicateWindow ?? stream.DuplicateWindow);
        Compare(differences, "publication without acknowledgement", stream.NoAck, false);
        Compare(differences, "being sealed", stream.Sealed, false);
        Compare(differences, "being a mirror", stream.Mirror is not null, false);
        if (stream.MaxMsgsPerSubject > 0)
        {
            differences.Add($"messages per subject are {stream.MaxMsgsPerSubject} at most and must be unlimited");
        }

        if (stream.Subjects?.Any(subject => Covers(subject, _subjects)) != true)
        {
            differences.Add($"subjects are {string.Join(", ", stream.Subjects ?? [])} and must include {_subjects}");
        }

        return differences;
    }

    /// <summary>How an existing consumer differs in what matters; empty: it does not.</summary>
    public IReadOnlyList<string> Differences(ConsumerConfig consumer)
    {
        List<string> differences = [];
        string filter = consumer.FilterSubject ?? string.Join(", ", consumer.FilterSubjects ?? []);
        Compare(differences, "filter", filter.Length == 0 ? "none" : filter, _subjects);
        Compare(differences, "acknowledgement", consumer.AckPolicy, ConsumerConfigAckPolicy.Explicit);
        Compare(differences, "acknowledgement wait (the lease)", consumer.AckWait, _setup.Options.Lease);
        Compare(differences, "maximum of deliveries", consumer.MaxDeliver, -1);
        Compare(differences, "maximum of messages not acknowledged", consumer.MaxAckPending, -1);
        Compare(differences, "delivery", consumer.DeliverPolicy, ConsumerConfigDeliverPolicy.All);
        Compare(differences, "being pushed", !string.IsNullOrEmpty(consumer.DeliverSubject), false);
        Compare(differences, "headers only", consumer.HeadersOnly, false);
        Compare(differences, "back-off", consumer.Backoff is { Count: > 0 }, false);
        return differences;
    }

    private static void Compare<T>(List<string> differences, string name, T found, T wanted)
    {
        if (!EqualityComparer<T>.Default.Equals(found, wanted))
        {
            differences.Add($"{name} is {found} and must be {wanted}");
        }
    }

    // Whether every subject of the second pattern is one of the first.
    private static bool Covers(string pattern, string subjects)
    {
        string[] outer = pattern.Split('.');
        string[] inner = subjects.Split('.');
        for (int index = 0; index < outer.Length; index++)
        {
            if (outer[index] == ">")
            {
                return inner.Length > index;
            }

            if (index >= inner.Length || (outer[index] != "*" && outer[index] != inner[index]))
            {
                return false;
            }
        }

        return outer.Length == inner.Length;
    }
}
