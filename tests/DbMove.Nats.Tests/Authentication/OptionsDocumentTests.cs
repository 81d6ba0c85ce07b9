using System.Reflection;

namespace DbMove.Nats.Tests.Authentication;

/// <summary>docs/nats.md names every option and every log message.</summary>
public sealed class OptionsDocumentTests
{
    private static readonly string s_document = File.ReadAllText(Path.Combine(
        typeof(OptionsDocumentTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "RepositoryRoot").Value!, "docs", "nats.md"));

    [Fact]
    public void Every_option_is_documented() =>
        Assert.All(typeof(NatsOptions).GetProperties(), option => Assert.Contains($"`{option.Name}`", s_document, StringComparison.Ordinal));

    [Theory]
    [InlineData("ConnectTimeout", "3 s", 3)]
    [InlineData("MaximumReconnectDelay", "5 s", 5)]
    [InlineData("RequestTimeout", "5 s", 5)]
    [InlineData("PublishTimeout", "5 s", 5)]
    public void Times_have_the_documented_default(string option, string documented, int seconds)
    {
        Assert.Contains($"| `{option}` | {documented} |", s_document, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(seconds), typeof(NatsOptions).GetProperty(option)!.GetValue(new NatsOptions()));
    }

    [Fact]
    public void The_other_defaults_are_the_documented_ones()
    {
        NatsOptions options = new();
        Assert.Contains($"| `MaximumPublishesInFlight` | {options.MaximumPublishesInFlight} |", s_document, StringComparison.Ordinal);
        Assert.Contains($"| `SubjectPrefix` | `{options.SubjectPrefix}` |", s_document, StringComparison.Ordinal);
        Assert.Contains($"| `Retention` | `{options.Retention}` |", s_document, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2000")]
    [InlineData("2001")]
    [InlineData("2002")]
    [InlineData("2003")]
    [InlineData("2004")]
    [InlineData("2005")]
    [InlineData("2006")]
    [InlineData("2008")]
    [InlineData("2009")]
    public void Every_log_message_is_documented(string id) => Assert.Contains(id, s_document, StringComparison.Ordinal);
}
