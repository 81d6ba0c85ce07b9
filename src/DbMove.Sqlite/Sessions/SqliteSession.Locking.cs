using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DbMove.Sqlite.Sessions;

/// <content>How the write lock is taken, waited for and left.</content>
internal sealed partial class SqliteSession
{
    private async ValueTask BeginWriteAsync(CancellationToken cancellationToken)
    {
        long started = _database.Time.GetTimestamp();
        if (!await _database.Gate.EnterAsync(_lockTimeout, cancellationToken).ConfigureAwait(false))
        {
            throw new SqliteLockTimeoutException(_database.DisplayName, _lockTimeout, isHeldInThisProcess: true);
        }

        _holdsGate = true;
        bool isDone = false;
        try
        {
            int code = await RunPatientlyAsync(s_beginWrite, cancellationToken, started).ConfigureAwait(false);
            if ((code & 0xFF) == raw.SQLITE_BUSY)
            {
                throw new SqliteLockTimeoutException(_database.DisplayName, _lockTimeout, isHeldInThisProcess: false);
            }

            Check(code);
            isDone = true;
        }
        finally
        {
            if (!isDone)
            {
                LeaveGate();
            }
        }
    }

    /// <summary>Tries again while another process has the lock, without holding a thread; returns the last result code.</summary>
    private async ValueTask<int> RunPatientlyAsync(StatementText text, CancellationToken cancellationToken, long? since = null)
    {
        long started = since ?? _database.Time.GetTimestamp();
        RowStatement statement = _link.Prepare(text);
        _link.SetBusyTimeout(TimeSpan.Zero);
        for (int attempt = 0; ; attempt++)
        {
            int code = statement.TryRun();
            bool isOver = _lockTimeout >= TimeSpan.Zero && _database.Time.GetElapsedTime(started) >= _lockTimeout;
            if ((code & 0xFF) != raw.SQLITE_BUSY || isOver)
            {
                // Statements inside the transaction may still meet another process, where there is no write-ahead log.
                _link.SetBusyTimeout(_lockTimeout);
                return code;
            }

            statement.Reset();
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(1 << Math.Min(attempt, 4), 20)), _database.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Check(int code)
    {
        try
        {
            SqliteException.ThrowExceptionForRC(code, _link.Handle);
        }
        catch (SqliteException failure) when (FailureClassifier.IsConnectionSuspect(failure))
        {
            _isSuspect = true;
            throw;
        }
        finally
        {
            if (code != raw.SQLITE_OK)
            {
                _link.ResetAll();
            }
        }
    }

    private void EndTransaction()
    {
        _inTransaction = false;
        _isDoomed = false;
        _position = null;
        LeaveGate();
    }

    private void LeaveGate()
    {
        if (_holdsGate)
        {
            _holdsGate = false;
            _database.Gate.Leave();
        }
    }
}
