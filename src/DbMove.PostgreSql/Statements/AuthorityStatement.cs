namespace DbMove.PostgreSql.Statements;

/// <summary>
/// A write on the authority in its three forms. Row values are the first parameters in each; then come migration, epoch
/// and stage; then the intent's entity and the parts of its key.
/// </summary>
/// <param name="Plain">For the stages without a fence. Returns the row.</param>
/// <param name="Guarded">Writes only while the control row matches. Returns whether it did, 0 or null without a row, the row.</param>
/// <param name="Recorded">Guarded, and leaves an intent. Returns whether the stage matched, the intent's id or null, the row.</param>
internal sealed record AuthorityStatement(string Plain, string Guarded, string Recorded);
