namespace DbMove.Mapping.Tests.Entities;

/// <summary>Angles are equal that differ by whole turns. Its members are implemented explicitly, and it adds to the hash.</summary>
public readonly struct ModuloComparer : IValueComparer<int>
{
    static bool IValueComparer<int>.AreEqual(int left, int right) => Turned(left) == Turned(right);

    static void IValueComparer<int>.AddToHash(int value, ref RowHash hash) => hash.Add((long)Turned(value));

    private static int Turned(int value) => ((value % 360) + 360) % 360;
}
