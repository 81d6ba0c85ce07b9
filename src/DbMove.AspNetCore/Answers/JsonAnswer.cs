using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace DbMove.AspNetCore.Answers;

/// <summary>Writes an answer whole, so that it is either complete or not there.</summary>
internal static class JsonAnswer
{
    /// <summary>The epoch as the ETag that <c>If-Match</c> takes.</summary>
    public static void SetEpoch(HttpContext context, long epoch) =>
        context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{epoch}\"");

    public static async Task WriteAsync<T>(HttpContext context, T answer, JsonTypeInfo<T> type, string mediaType = "application/json")
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(answer, type);
        context.Response.ContentType = mediaType;
        context.Response.ContentLength = json.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(json, context.RequestAborted).ConfigureAwait(false);
        }
    }
}
