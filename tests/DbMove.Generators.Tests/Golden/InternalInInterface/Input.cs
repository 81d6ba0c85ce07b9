using System;
using DbMove;

namespace Shop.Domain;

internal partial interface IArchive
{
    [Migratable]
    internal sealed partial class Entry
    {
        private Entry()
        {
        }

        public Guid Id { get; private set; }

        [Obsolete("Kept for old rows.")]
        public string? Größe { get; private set; }

        // {new column}
    }
}
