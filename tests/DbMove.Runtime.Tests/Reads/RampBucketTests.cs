using DbMove.Reads;

namespace DbMove.Runtime.Tests.Reads;

public sealed class RampBucketTests
{
    // Computed elsewhere, from the two published definitions. They never change: processes of several versions read together.
    [Theory]
    [InlineData("account", """["1"]""", 49)]
    [InlineData("account", """["2"]""", 35)]
    [InlineData("entry", """["1"]""", 46)]
    [InlineData("order_line", """["42","de"]""", 0)]
    [InlineData("größe", """["ключ"]""", 79)]
    [InlineData("", "", 6)]
    public void A_key_is_in_the_same_hundredth_in_every_process_and_version(string entity, string key, int bucket) =>
        Assert.Equal(bucket, RampBucket.Of(entity, key));

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(512)]
    public void Every_hundredth_has_its_share_of_neighbouring_keys(int step)
    {
        int[] keys = new int[100];
        for (int key = 1; key <= 100_000; key++)
        {
            keys[RampBucket.Of("account", $"[\"{key * step}\"]")]++;
        }

        Assert.All(keys, count => Assert.InRange(count, 850, 1150));
    }
}
