using System.Collections.Concurrent;
using System.Globalization;
using DbMove.Dialects;

namespace DbMove.PostgreSql.Catalogue;

/// <summary>Keeps what describing tables found, for the stores that are composed afterwards.</summary>
internal sealed class TableFactsRegistry
{
    // One value of each type whose hash a digest may use. The server's major version and architecture decide the outcome.
    private const string Probe =
        "SELECT current_setting('server_version_num')::int / 10000 || '/' || "
        + "hash_record_extended(ROW(true, 7::int2, -7::int4, 7000000000::int8, 1.50::numeric, 1.5::float4, -1.5::float8, "
        + "'Größe 𝄞'::text, 'a'::char(3), '{\"a\": [1, 2.0]}'::jsonb, '00112233-4455-6677-8899-aabbccddeeff'::uuid, "
        + "'2001-02-03 04:05:06.789'::timestamp, '2001-02-03 04:05:06.789+00'::timestamptz, '2001-02-03'::date, "
        + "'04:05:06'::time, '1 day 02:03:04'::interval, decode('0001ff', 'hex'), NULL::int8), 0)";

    private readonly ConcurrentDictionary<string, TableFacts> _facts = new(StringComparer.Ordinal);
    private volatile string? _hashProbe;

    /// <summary>What this server hashes constants to, with its major version; null: unknown, or too old to hash rows.</summary>
    public string? HashProbe => _hashProbe;

    public TableFacts Find(string physicalId) => _facts.GetValueOrDefault(physicalId, TableFacts.None);

    public void Remember(string physicalId, TableFacts facts) => _facts[physicalId] = facts;

    public async Task ReadHashProbeAsync(SideSession session, CancellationToken cancellationToken)
    {
        if (_hashProbe is not null)
        {
            return;
        }

        List<int> version = await session.QueryAsync(
            "SELECT current_setting('server_version_num')::int", default, static row => row.GetInt32(0), cancellationToken).ConfigureAwait(false);

        // hash_record_extended came with PostgreSQL 14.
        if (version[0] >= 140000)
        {
            List<string> probe = await session.QueryAsync(Probe, default, static row => row.GetString(0), cancellationToken).ConfigureAwait(false);
            _hashProbe = probe[0].ToString(CultureInfo.InvariantCulture);
        }
    }
}
