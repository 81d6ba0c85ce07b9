using DbMove.Protocol.Tests.Setup;

namespace DbMove.AdoNet.Tests.Setup;

/// <summary>What plain SQL says of both sides.</summary>
internal static class BankAsserts
{
    /// <summary>Both sides are equal although nobody repaired anything, and the writer clears its own intents.</summary>
    public static async Task AssertFollowedAsync(this Bank bank, Migration migration)
    {
        await bank.AssertEqualAsync();
        await migration.Clearer.FlushAsync(default);
        Assert.Equal(0, await bank.OpenIntentsAsync(Side.Source));
        Assert.Equal(0, await bank.OpenIntentsAsync(Side.Target));
    }
}
