using System.Text.Json;
using DbMove.Events;

namespace DbMove.Nats.Messages;

/// <summary>Events as JSON and back.</summary>
internal sealed class EventCodec(string migration, EventSubjects subjects)
{
    /// <summary>The largest message that is looked at; 1,000 keys are far smaller.</summary>
    public const int MaximumBody = 8 * 1024 * 1024;

    /// <summary>Writes an event.</summary>
    public static byte[] Write(InconsistencyEvent written) => JsonSerializer.SerializeToUtf8Bytes(
        new WireEvent
        {
            Version = WireEvent.CurrentVersion,
            Id = written.Id,
            Migration = written.Migration,
            Entity = written.Entity,
            Kind = written.Kind.ToWireName(written.Base),
            Base = written.Base.ToWireName(),
            Keys = written.Keys,
            CreatedAt = written.CreatedAt,
            Attempts = written.Attempts,
        },
        WireContext.Default.WireEvent);

    /// <summary>Reads a message. Whatever it holds, this does not throw.</summary>
    /// <param name="body">The message.</param>
    /// <param name="subject">Its subject.</param>
    /// <param name="messageId">Its identity, of which the event's is the beginning; null: it has none.</param>
    /// <param name="fallbackId">The placeholder's identity where nothing tells it.</param>
    /// <param name="arrivedAt">The placeholder's time.</param>
    /// <param name="delivery">The how-manieth delivery it is.</param>
    public ReadEvent Read(byte[]? body, string subject, string? messageId, string fallbackId, DateTimeOffset arrivedAt, int delivery)
    {
        WireEvent? read = null;
        InconsistencyEvent? built = null;
        string? defect = body is null or { Length: 0 } ? "it is empty" : body.Length > MaximumBody ? $"it has {body.Length} bytes, and {MaximumBody} are the most" : Parse(body, out read);
        defect ??= Check(read!, delivery, out built);
        if (built is not null)
        {
            return new ReadEvent(built, null);
        }

        return new ReadEvent(
            new InconsistencyEvent
            {
                Id = EventIdOf(messageId) ?? (read?.Id is { Length: > 0 } written ? written : fallbackId),
                Migration = migration,
                Entity = subjects.EntityOf(subject) ?? read?.Entity ?? "",
                Kind = InconsistencyKind.Different,
                Base = Side.Source,
                Keys = [],
                CreatedAt = arrivedAt,
                Attempts = delivery,
            },
            defect);
    }

    private static string? Parse(byte[] body, out WireEvent? read)
    {
        read = null;
        try
        {
            if (JsonSerializer.Deserialize(body, WireContext.Default.WireVersion)?.Version is not { } version)
            {
                return "it has no version";
            }

            if (version != WireEvent.CurrentVersion)
            {
                return $"it is of version {version}, and this process reads version {WireEvent.CurrentVersion}: update the process";
            }

            read = JsonSerializer.Deserialize(body, WireContext.Default.WireEvent);
            return null;
        }
        catch (JsonException exception)
        {
            // The position and not the text: it may hold what the keys hold.
            return $"it is malformed at {exception.Path ?? "its beginning"}, byte {exception.BytePositionInLine ?? 0}";
        }
    }

    private string? Check(WireEvent read, int delivery, out InconsistencyEvent? built)
    {
        built = null;
        Side origin = read.Base == Side.Target.ToWireName() ? Side.Target : Side.Source;
        (string Name, bool IsThere)[] members =
        [
            ("id", read.Id is { Length: > 0 }), ("migration", read.Migration is { Length: > 0 }), ("entity", read.Entity is { Length: > 0 }), ("kind", read.Kind is { Length: > 0 }),
            ("base", read.Base is { Length: > 0 }), ("keys", read.Keys is not null), ("created_at", read.CreatedAt is not null), ("attempts", read.Attempts is not null),
        ];
        if (members.Where(member => !member.IsThere).Select(member => member.Name).ToArray() is { Length: > 0 } missing)
        {
            return $"it lacks {string.Join(", ", missing)}";
        }

        if (!InconsistencyKindExtensions.TryParseWireName(read.Kind, origin, out InconsistencyKind kind))
        {
            return "its kind is none";
        }

        string? defect = read.Migration != migration ? "it belongs to another migration"
            : read.Base != origin.ToWireName() ? "its base is neither of the sides"
            : read.Keys!.Count is 0 or > InconsistencyEvent.MaximumKeys ? $"it has {read.Keys.Count} keys, and must have 1 to {InconsistencyEvent.MaximumKeys}"
            : read.Keys.Any(string.IsNullOrEmpty) ? "one of its keys is empty"
            : read.Attempts is < 0 or > 1_000_000 ? "its attempts are out of range"
            : null;
        if (defect is null)
        {
            built = new InconsistencyEvent
            {
                Id = read.Id!,
                Migration = migration,
                Entity = read.Entity!,
                Kind = kind,
                Base = origin,
                Keys = [.. read.Keys!.Select(key => key!)],
                CreatedAt = read.CreatedAt!.Value,
                Attempts = read.Attempts!.Value + delivery,
            };
        }

        return defect;
    }

    // BrokerMessage.MessageId: the event's identity, a dot, the publication.
    private static string? EventIdOf(string? messageId) =>
        messageId?.LastIndexOf('.') is > 0 and var end && messageId.AsSpan(end + 1) is { Length: > 0 } publication && !publication.ContainsAnyExceptInRange('0', '9')
            ? messageId[..end]
            : messageId is { Length: > 0 } ? messageId : null;
}
