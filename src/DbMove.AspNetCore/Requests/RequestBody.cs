using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DbMove.AspNetCore.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace DbMove.AspNetCore.Requests;

/// <summary>Reads the optional JSON body of a write.</summary>
internal static class RequestBody
{
    /// <summary>Bytes of the largest body.</summary>
    public const int Largest = 16 * 1024;

    /// <returns>Null: there was no body.</returns>
    /// <exception cref="RefusalException">It is too large, of another type than JSON, or not what is expected.</exception>
    /// <exception cref="BadHttpRequestException">The request is malformed.</exception>
    public static async Task<T?> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Largest + 1);
        try
        {
            int length = await context.Request.Body.ReadAtLeastAsync(buffer.AsMemory(0, Largest + 1), Largest + 1, throwOnEndOfStream: false, context.RequestAborted).ConfigureAwait(false);
            if (length == 0)
            {
                return null;
            }

            if (length > Largest)
            {
                throw RefusalException.BodyTooLarge(Largest);
            }

            RequireJson(context.Request);
            return JsonSerializer.Deserialize(buffer.AsSpan(0, length), type) ?? throw RefusalException.BadBody("The body is a JSON object.");
        }
        catch (JsonException exception)
        {
            // The exception's text may repeat what was sent; where it stands says enough.
            throw RefusalException.BadBody(
                $"The body is no JSON object of the expected members and types (line {exception.LineNumber + 1 ?? 1}, byte {exception.BytePositionInLine + 1 ?? 1}). {Allowed(type)} Unknown and repeated members are refused.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static string Allowed<T>(JsonTypeInfo<T> type) => type.Properties.Count == 0
        ? "It has no members."
        : $"It may have {string.Join(", ", type.Properties.Select(static member => $"'{member.Name}'"))}.";

    private static void RequireJson(HttpRequest request)
    {
        bool isJson = MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase));
        if (!isJson || request.Headers.ContentEncoding.Count > 0)
        {
            throw RefusalException.NotJson();
        }
    }
}
