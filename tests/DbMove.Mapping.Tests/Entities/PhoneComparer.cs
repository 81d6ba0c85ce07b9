namespace DbMove.Mapping.Tests.Entities;

/// <summary>Spaces in a telephone number do not count. It adds nothing to the hash.</summary>
public sealed class PhoneComparer : IValueComparer<string>
{
    public static bool AreEqual(string left, string right)
    {
        int other = 0;
        foreach (char digit in left)
        {
            if (digit != ' ')
            {
                while (other < right.Length && right[other] == ' ')
                {
                    other++;
                }

                if (other == right.Length || right[other++] != digit)
                {
                    return false;
                }
            }
        }

        return right.AsSpan(other).Trim(' ').IsEmpty;
    }
}
