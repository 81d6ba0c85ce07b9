using System.Data.Common;
using System.Runtime.ExceptionServices;

namespace DbMove.AdoNet.Execution;

/// <summary>
/// Existing code catches what the driver throws, by its error codes. So what the authority's driver said of a statement or a
/// commit that certainly failed is thrown as it was; only what a driver cannot say, such as that the outcome of a commit is
/// unknown, stays DbMove's, and no retry meant for the driver's errors repeats it.
/// </summary>
internal static class DriverFailure
{
    /// <summary>The driver's own exception within one of the pool's; null: there is none.</summary>
    public static DbException? Of(Exception exception) =>
        exception is WriteFailedException or DatabaseUnavailableException ? exception.InnerException as DbException : null;

    /// <summary>What the work gives, or the driver's own exception of it.</summary>
    public static async Task<T> SurfaceAsync<T>(Task<T> work)
    {
        try
        {
            return await work.ConfigureAwait(false);
        }
        catch (Exception exception) when (Of(exception) is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
            throw;
        }
    }

    /// <inheritdoc cref="SurfaceAsync{T}"/>
    public static async Task SurfaceAsync(Task work)
    {
        try
        {
            await work.ConfigureAwait(false);
        }
        catch (Exception exception) when (Of(exception) is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
            throw;
        }
    }
}
