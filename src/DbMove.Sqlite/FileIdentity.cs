using System.Globalization;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace DbMove.Sqlite;

/// <summary>What tells one file from every other, through links and renames, and a restored copy from the file it replaced.</summary>
internal static partial class FileIdentity
{
    private const int CurrentDirectory = -100;
    private const uint WantInodeAndBirth = 0x900;
    private const uint HasBirth = 0x800;

    /// <summary>The file's full path with every link resolved, as SQLite found it.</summary>
    public static string PathOf(sqlite3 connection) => raw.sqlite3_db_filename(connection, "main").utf8_to_string();

    /// <summary>Device, inode and time of birth where the system tells them; else path and time of creation.</summary>
    public static string Read(string path)
    {
        if (OperatingSystem.IsLinux() && TryStat(path, out Stat stat))
        {
            string birth = (stat.Mask & HasBirth) != 0
                ? string.Create(CultureInfo.InvariantCulture, $":{stat.BirthSeconds}.{stat.BirthNanoseconds}")
                : string.Empty;
            return string.Create(CultureInfo.InvariantCulture, $"{stat.DeviceMajor}:{stat.DeviceMinor}:{stat.Inode}{birth}");
        }

        return string.Create(CultureInfo.InvariantCulture, $"{path}:{File.GetCreationTimeUtc(path).Ticks}");
    }

    private static bool TryStat(string path, out Stat stat)
    {
        stat = default;
        try
        {
            return StatX(CurrentDirectory, path, 0, WantInodeAndBirth, ref stat) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            // A C library older than the call; the path and the time of creation have to do.
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int directory, string path, int flags, uint mask, ref Stat stat);

    /// <summary>The kernel's <c>struct statx</c>, whose layout is the same on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Stat
    {
        [FieldOffset(0)]
        public uint Mask;

        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(80)]
        public long BirthSeconds;

        [FieldOffset(88)]
        public uint BirthNanoseconds;

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;
    }
}
