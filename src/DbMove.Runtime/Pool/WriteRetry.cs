using DbMove.Dialects;
using DbMove.Scheduling;
using Polly;
using Polly.Retry;

namespace DbMove.Pool;

/// <summary>Tries a write again where that may help and nothing can have been committed. The last failure is thrown as it is.</summary>
internal sealed class WriteRetry
{
    private readonly MigrationContext _context;
    private readonly ResiliencePipeline _pipeline;

    public WriteRetry(MigrationContext context)
    {
        _context = context;
        RetryOptions options = context.Options.Retry;
        _pipeline = options.MaximumRetries == 0
            ? ResiliencePipeline.Empty
            : new ResiliencePipelineBuilder { TimeProvider = context.Time }
                .AddRetry(new RetryStrategyOptions
                {
                    MaxRetryAttempts = options.MaximumRetries,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    Delay = options.BaseDelay,
                    MaxDelay = options.MaximumDelay,
                    ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is { } failure && IsWorthATry(failure)),
                    OnRetry = arguments =>
                    {
                        PoolLog.Retrying(context.Logger, arguments.Outcome.Exception!, context.Name, arguments.AttemptNumber + 1, arguments.RetryDelay);
                        return ValueTask.CompletedTask;
                    },
                })
                .Build();
    }

    /// <summary>Runs attempts until one succeeds, cannot be helped or is the last.</summary>
    public ValueTask<TResult> RunAsync<TState, TResult>(Func<TState, CancellationToken, ValueTask<TResult>> attempt, TState state, CancellationToken cancellationToken) =>
        _pipeline.ExecuteAsync(attempt, state, cancellationToken);

    /// <summary>Only what says by its type that nothing was committed; an unknown outcome has a type of its own.</summary>
    private bool IsWorthATry(Exception failure) => failure switch
    {
        StageMovedException => true,
        WriteFailedException { Kind: FailureKind.Transient } or FollowerWriteException { Kind: FailureKind.Transient } => true,

        // A statement's failure, not the commit's: that one names no entity.
        WriteFailedException { Kind: FailureKind.Availability, Entity.Length: > 0 } write => IsConnectionLost(write.Side, write.InnerException),
        DatabaseUnavailableException opening => IsConnectionLost(opening.Side, opening.InnerException),
        _ => false,
    };

    private bool IsConnectionLost(Side side, Exception? cause) => cause is not null && _context.Database(side).IsConnectionLost(cause);
}
