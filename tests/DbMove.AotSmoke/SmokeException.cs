namespace DbMove.AotSmoke;

/// <summary>The smoke test's own finding.</summary>
internal sealed class SmokeException(string message) : Exception(message)
{
    public static void Require(bool condition, string why)
    {
        if (!condition)
        {
            throw new SmokeException(why);
        }
    }
}
