using DbMove.Events;
using DbMove.Nats.Connection;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace DbMove.Nats.Streams;

/// <summary>
/// Sees to it that stream and consumer exist and are as they must be: on every new connection, and whenever there is a sign
/// that one is missing. What exists is checked and never changed; what is missing is made.
/// </summary>
internal sealed class StreamKeeper(StreamPlan plan, EventBrokerSetup setup) : IDisposable
{
    private const int MaximumRounds = 5;

    // A deletion tells those who wait before it is through, and a stream made again meanwhile would lose its files to it.
    private static readonly TimeSpan s_settling = TimeSpan.FromMilliseconds(500);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile StreamState? _state;
    private volatile Remade? _remade;
    private DateTimeOffset? _created;
    private volatile EventChannelException? _defect;
    private volatile bool _hadConsumer;
    private int _generation;
    private int _isSuspected;

    /// <summary>The last time that something was missing which had been there.</summary>
    public Remade? LastRemade => _remade;

    /// <summary>Why the last check failed; null: it did not.</summary>
    public EventChannelException? Defect => _defect;

    /// <summary>Whether the consumer has been there.</summary>
    public bool HadConsumer => _hadConsumer;

    /// <summary>Stream and consumer on this connection; checks them unless that has been done.</summary>
    /// <exception cref="EventChannelException">They cannot be made, or are not as they must be.</exception>
    public async Task<StreamState> EnsureAsync(NatsSession session, CancellationToken cancellationToken)
    {
        if (_state is { } known && known.Session == session)
        {
            return known;
        }

        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_state is { } meanwhile && meanwhile.Session == session)
            {
                return meanwhile;
            }

            if (Interlocked.Exchange(ref _isSuspected, 0) == 1)
            {
                await Task.Delay(s_settling, setup.Time, cancellationToken).ConfigureAwait(false);
            }

            for (int round = 1; ; round++)
            {
                await EnsureStreamAsync(session, cancellationToken).ConfigureAwait(false);
                try
                {
                    await EnsureConsumerAsync(session, cancellationToken).ConfigureAwait(false);
                    _defect = null;
                    return _state = new StreamState(session, _generation);
                }
                catch (NatsJSApiException refused) when (IsPassing(refused))
                {
                    // The stream was being deleted when it was looked at.
                    if (round == MaximumRounds)
                    {
                        throw Refused(session, $"to make consumer '{plan.Consumer}'", refused);
                    }

                    await Task.Delay(s_settling, setup.Time, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (EventChannelException exception)
        {
            _defect = exception;
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>There is a sign that one of them is missing: they are checked before they are used again.</summary>
    public void Suspect(StreamState state)
    {
        if (Interlocked.CompareExchange(ref _state, null, state) == state)
        {
            Interlocked.Exchange(ref _isSuspected, 1);
        }
    }

    /// <summary>The consumer is there and dead: it goes, and is made again before it is used. Its messages come again.</summary>
    /// <exception cref="EventChannelException">The server cannot be asked.</exception>
    public async Task ReplaceConsumerAsync(StreamState state, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await state.Session.CallAsync(
                $"to delete consumer '{plan.Consumer}'", (jetStream, token) => jetStream.DeleteConsumerAsync(plan.Stream, plan.Consumer, token), cancellationToken).ConfigureAwait(false);
            NatsLog.Dead(setup.Logger, setup.Migration, plan.Consumer);
            _remade = new Remade($"consumer {plan.Consumer} of stream {plan.Stream}", setup.Time.GetUtcNow(), WasDead: true);

            // It was not missing: this process has deleted it.
            _hadConsumer = false;
        }
        catch (NatsJSApiException refused) when (refused.Error.ErrCode is ApiErrors.ConsumerNotFound or ApiErrors.StreamNotFound)
        {
            // Somebody else was faster.
        }
        catch (NatsJSApiException refused)
        {
            throw Refused(state.Session, $"to delete consumer '{plan.Consumer}', which is dead", refused);
        }
        finally
        {
            _turn.Release();
        }

        Suspect(state);
    }

    public void Dispose() => _turn.Dispose();

    private async Task EnsureStreamAsync(NatsSession session, CancellationToken cancellationToken)
    {
        StreamInfo? found = await FindStreamAsync(session, cancellationToken).ConfigureAwait(false);
        bool isMade = found is null;
        found ??= await MakeStreamAsync(session, cancellationToken).ConfigureAwait(false);
        if (found.Created != _created)
        {
            // Also where another process was faster.
            if (isMade || _created is not null)
            {
                Report($"stream {plan.Stream}", _created is not null);
            }

            _created = found.Created;
            _generation++;

            // The consumer went with the stream, and is no news of its own.
            _hadConsumer = false;
        }

        Refuse($"stream '{plan.Stream}'", session.Where, plan.Differences(found.Config), "set NatsOptions to what it is, change it with the nats tool, or choose another StreamName");
    }

    private async Task EnsureConsumerAsync(NatsSession session, CancellationToken cancellationToken)
    {
        ConsumerConfig? found = await FindConsumerAsync(session, cancellationToken).ConfigureAwait(false);
        if (found is null)
        {
            found = await MakeConsumerAsync(session, cancellationToken).ConfigureAwait(false);
            Report($"consumer {plan.Consumer} of stream {plan.Stream}", _hadConsumer);
        }

        Refuse(
            $"consumer '{plan.Consumer}' of stream '{plan.Stream}'", session.Where, plan.Differences(found),
            "give every process the same Events.Lease and SubjectPrefix, or delete the consumer with the nats tool: it is made again, and no event is lost");
        _hadConsumer = true;
    }

    private async Task<StreamInfo?> FindStreamAsync(NatsSession session, CancellationToken cancellationToken)
    {
        try
        {
            INatsJSStream stream = await session.CallAsync(
                $"for stream '{plan.Stream}'", (jetStream, token) => jetStream.GetStreamAsync(plan.Stream, cancellationToken: token), cancellationToken).ConfigureAwait(false);
            return stream.Info;
        }
        catch (NatsJSApiException refused) when (refused.Error.ErrCode == ApiErrors.StreamNotFound)
        {
            return null;
        }
        catch (NatsJSApiException refused)
        {
            throw Refused(session, $"to show stream '{plan.Stream}'", refused);
        }
    }

    private async Task<StreamInfo> MakeStreamAsync(NatsSession session, CancellationToken cancellationToken)
    {
        try
        {
            INatsJSStream stream = await session.CallAsync(
                $"to make stream '{plan.Stream}'", (jetStream, token) => jetStream.CreateStreamAsync(plan.NewStream, token), cancellationToken).ConfigureAwait(false);
            return stream.Info;
        }
        catch (NatsJSApiException refused) when (refused.Error.ErrCode == ApiErrors.StreamNameInUse)
        {
            // Another process was faster, with other options: the check tells which.
            return await FindStreamAsync(session, cancellationToken).ConfigureAwait(false) ?? throw Refused(session, $"to make stream '{plan.Stream}'", refused);
        }
        catch (NatsJSApiException refused) when (refused.Error.ErrCode == ApiErrors.SubjectsOverlap)
        {
            throw new EventChannelException(
                $"The NATS server at {session.Where} has another stream with subjects of this migration, so stream '{plan.Stream}' cannot be made. Set NatsOptions.StreamName to that stream, or another SubjectPrefix.", refused);
        }
        catch (NatsJSApiException refused)
        {
            throw Refused(session, $"to make stream '{plan.Stream}'", refused);
        }
    }

    private async Task<ConsumerConfig?> FindConsumerAsync(NatsSession session, CancellationToken cancellationToken)
    {
        try
        {
            INatsJSConsumer consumer = await session.CallAsync(
                $"for consumer '{plan.Consumer}'", (jetStream, token) => jetStream.GetConsumerAsync(plan.Stream, plan.Consumer, token), cancellationToken).ConfigureAwait(false);
            return consumer.Info.Config;
        }
        catch (NatsJSApiException refused) when (refused.Error.ErrCode == ApiErrors.ConsumerNotFound)
        {
            return null;
        }
        catch (NatsJSApiException refused) when (!IsPassing(refused))
        {
            throw Refused(session, $"to show consumer '{plan.Consumer}'", refused);
        }
    }

    private async Task<ConsumerConfig> MakeConsumerAsync(NatsSession session, CancellationToken cancellationToken)
    {
        try
        {
            INatsJSConsumer consumer = await session.CallAsync(
                $"to make consumer '{plan.Consumer}'", (jetStream, token) => jetStream.CreateConsumerAsync(plan.Stream, plan.NewConsumer, token), cancellationToken).ConfigureAwait(false);
            return consumer.Info.Config;
        }
        catch (NatsJSApiException refused) when (!IsPassing(refused))
        {
            // Another process may have been faster.
            return await FindConsumerAsync(session, cancellationToken).ConfigureAwait(false) ?? throw Refused(session, $"to make consumer '{plan.Consumer}'", refused);
        }
    }

    private static bool IsPassing(NatsJSApiException refused) => refused.Error.ErrCode is ApiErrors.StreamNotFound or ApiErrors.ConsumerStore;

    private static EventChannelException Refused(NatsSession session, string what, NatsJSApiException refused) =>
        new($"The NATS server at {session.Where} refused {what}: {refused.Error.Description} (code {refused.Error.ErrCode}). Correct NatsOptions, or the limits and permissions of the account.", refused);

    private static void Refuse(string what, string where, IReadOnlyList<string> differences, string remedy)
    {
        if (differences.Count > 0)
        {
            throw new EventChannelException($"The {what} on the NATS server at {where} is not as this migration needs it, and was left as it is: {string.Join("; ", differences)}. Remedy: {remedy}.");
        }
    }

    private void Report(string what, bool wasThere)
    {
        if (wasThere)
        {
            _remade = new Remade(what, setup.Time.GetUtcNow(), WasDead: false);
            NatsLog.MadeAgain(setup.Logger, setup.Migration, what);
        }
        else
        {
            NatsLog.Made(setup.Logger, setup.Migration, what);
        }
    }
}
