namespace IocEnrich.Engine.Store;

/// <summary>The store's file contradicts itself, though SQLite can read it.</summary>
internal sealed class StoreDamagedException : Exception;
