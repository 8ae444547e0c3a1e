namespace IocEnrich.Engine.Sqlite;

/// <summary>The store's file contradicts itself, though SQLite can read it.</summary>
internal sealed class StoreDamagedException : Exception;
