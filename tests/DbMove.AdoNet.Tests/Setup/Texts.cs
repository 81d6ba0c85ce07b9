namespace DbMove.AdoNet.Tests.Setup;

/// <summary>The statements of an old program that knows the source only.</summary>
internal static class Texts
{
    public const string Insert = "INSERT INTO account (owner, email, balance) VALUES (@owner, @email, @balance)";

    public const string All = "SELECT id, owner, email, balance FROM account ORDER BY id";

    /// <summary>On the target the column has another name.</summary>
    public static string ForTarget(string text) => text.Replace("balance", "amount", StringComparison.Ordinal).Replace("@amount", "@balance", StringComparison.Ordinal);

    public static DualWriteDataSourceOptions Options(Action<DualWriteDataSourceOptions>? configure = null)
    {
        DualWriteDataSourceOptions options = new() { TargetText = ForTarget };
        configure?.Invoke(options);
        return options;
    }
}
