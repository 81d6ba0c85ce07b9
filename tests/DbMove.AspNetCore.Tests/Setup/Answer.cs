using System.Net;
using System.Text.Json;

namespace DbMove.AspNetCore.Tests.Setup;

/// <summary>What came back.</summary>
internal sealed record Answer(HttpStatusCode Status, string? MediaType, string? ETag, HttpResponseMessage Response, string Text)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public JsonElement this[string member] => Json.GetProperty(member);

    public string? Of(string member) => this[member].GetString();

    /// <summary>The problem's name; fails when it is no problem of this status.</summary>
    public string Problem(HttpStatusCode status)
    {
        Assert.True(Status == status, $"{(int)Status} instead of {(int)status}: {Text}");
        Assert.Equal("application/problem+json", MediaType);
        Assert.Equal((int)status, this["status"].GetInt32());
        Assert.NotEmpty(Of("title")!);
        Assert.NotEmpty(Of("detail")!);
        string type = Of("type")!;
        Assert.StartsWith("https://github.com/dbmove/dbmove/blob/main/docs/control.md#", type, StringComparison.Ordinal);
        return type[(type.IndexOf('#', StringComparison.Ordinal) + 1)..];
    }

    public Answer Is(HttpStatusCode status)
    {
        Assert.True(Status == status, $"{(int)Status} instead of {(int)status}: {Text}");
        return this;
    }
}
