namespace DbMove.AdoNet.Execution;

/// <summary>A <c>TransactionScope</c> around a call.</summary>
internal static class AmbientTransaction
{
    /// <exception cref="NotSupportedException">There is one.</exception>
    public static void Refuse()
    {
        if (System.Transactions.Transaction.Current is not null)
        {
            throw new NotSupportedException(
                "A TransactionScope is open here. Two databases would need a distributed commit, which neither DbMove nor the drivers offer; its rollback would not reach what DbMove commits. Use DbConnection.BeginTransaction, or TransactionScopeOption.Suppress.");
        }
    }
}
