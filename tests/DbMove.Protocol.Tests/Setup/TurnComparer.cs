namespace DbMove.Protocol.Tests.Setup;

/// <summary>Whole turns do not count.</summary>
public sealed class TurnComparer : IValueComparer<int>
{
    public static bool AreEqual(int left, int right) => (left - right) % 360 == 0;
}
