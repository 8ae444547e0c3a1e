using IocEnrich.Engine.Sqlite;

namespace IocEnrich.Engine.Tests.Caching;

/// <summary>Which file a path of the store means.</summary>
public sealed class StorePathTests
{
    private static readonly string Home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    [Theory]
    [InlineData("~/cache/answers.db", "cache/answers.db")]
    [InlineData("~/cache/", "cache/iocenrich.db")]
    [InlineData("~", "iocenrich.db")]
    public void A_tilde_is_the_users_folder(string path, string expected) =>
        Assert.Equal(Path.GetFullPath(Path.Combine(Home, expected)), StorePath.Of(path));

    [Theory]
    [InlineData("~other/answers.db")]
    [InlineData("a~/answers.db")]
    public void A_tilde_elsewhere_is_a_character_like_any_other(string path) => Assert.Equal(Path.GetFullPath(path), StorePath.Of(path));
}
