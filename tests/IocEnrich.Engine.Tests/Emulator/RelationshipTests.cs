using System.Net;
using System.Text.Json;
using VirusTotal.Emulator;

namespace IocEnrich.Engine.Tests.Emulator;

public sealed class RelationshipTests() : EmulatorTestBase(new EmulatorOptions { ForbiddenRelationships = ["execution_parents"], RequestsPerDay = 500 })
{
    private const string File = "files/275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f";

    [Fact]
    public async Task What_is_asked_for_comes_as_descriptors_beside_the_object()
    {
        JsonElement data = (await Client.JsonAsync($"{File}?relationships=itw_domains,contacted_urls")).GetProperty("data");

        Assert.Equal("file", data.GetProperty("type").GetString());
        Assert.True(data.GetProperty("attributes").TryGetProperty("last_analysis_stats", out _));
        JsonElement relationships = data.GetProperty("relationships");
        Assert.Equal(["itw_domains", "contacted_urls"], relationships.EnumerateObject().Select(relationship => relationship.Name));
        Assert.All(Descriptors(relationships, "itw_domains"), domain => Assert.Equal("domain", domain.GetProperty("type").GetString()));
        Assert.All(
            Descriptors(relationships, "contacted_urls"),
            url => Assert.StartsWith("http", url.GetProperty("context_attributes").GetProperty("url").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task There_are_up_to_twenty_with_a_cursor_where_there_are_more()
    {
        HashSet<int> counts = [];
        foreach (int number in Enumerable.Range(0, 60))
        {
            string path = $"domains/host-{number}.example.net?relationships=subdomains";
            Server.Answers.Set($"host-{number}.example.net", EmulatedVerdict.Malicious());
            JsonElement subdomains = (await Client.JsonAsync(path)).GetProperty("data").GetProperty("relationships").GetProperty("subdomains");
            int count = subdomains.GetProperty("data").GetArrayLength();
            bool hasMore = subdomains.TryGetProperty("meta", out JsonElement meta);
            counts.Add(count);
            Assert.InRange(count, 0, 20);
            Assert.Equal(hasMore, subdomains.GetProperty("links").TryGetProperty("next", out JsonElement next));
            Assert.True(!hasMore || (count == 20 && next.GetString()!.Contains(meta.GetProperty("cursor").GetString()!, StringComparison.Ordinal)));
        }

        Assert.Contains(0, counts);
        Assert.Contains(20, counts);
    }

    [Fact]
    public async Task What_can_be_one_only_is_one_descriptor()
    {
        Server.Answers.Set("https://example.net/a", EmulatedVerdict.Malicious());
        string path = $"urls/{EmulatorClient.UrlId("https://example.net/a")}?relationships=last_serving_ip_address";
        JsonElement relationships = (await Client.JsonAsync(path)).GetProperty("data").GetProperty("relationships");
        Assert.Equal("ip_address", relationships.GetProperty("last_serving_ip_address").GetProperty("data").GetProperty("type").GetString());
    }

    [Fact]
    public async Task They_are_the_same_each_time_whatever_else_is_asked_and_compressed_or_not()
    {
        JsonElement alone = (await Client.JsonAsync($"{File}?relationships=dropped_files")).GetProperty("data").GetProperty("relationships");
        using HttpResponseMessage gzip = await Client.SendAsync($"{File}?relationships=itw_urls%2Cdropped_files", userAgent: "gzip", acceptGzip: true);
        JsonElement both = (await EmulatorClient.ReadJsonAsync(gzip)).GetProperty("data").GetProperty("relationships");

        Assert.Equal(alone.GetProperty("dropped_files").GetRawText(), both.GetProperty("dropped_files").GetRawText());
        using HttpResponseMessage without = await Client.SendAsync(File, userAgent: "gzip", acceptGzip: true);
        Assert.False((await EmulatorClient.ReadJsonAsync(without)).GetProperty("data").TryGetProperty("relationships", out _));
    }

    [Fact]
    public async Task A_forbidden_one_among_others_refuses_the_request_which_costs_quota_all_the_same()
    {
        using HttpResponseMessage refused = await Client.SendAsync($"{File}?relationships=dropped_files,execution_parents");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal("ForbiddenError", (await EmulatorClient.ReadJsonAsync(refused)).GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.OK, await Client.StatusAsync($"{File}?relationships=dropped_files"));
        JsonElement quota = (await Client.JsonAsync("users/me-too/overall_quotas")).GetProperty("data").GetProperty("api_requests_daily");
        Assert.Equal(2, quota.GetProperty("user").GetProperty("used").GetInt32());
    }

    [Theory]
    [InlineData($"{File}?relationships=subdomains", 400)]
    [InlineData("domains/nonsense?relationships=subdomains", 400)]
    [InlineData($"{File}?relationships=", 200)]
    [InlineData($"{File}?limit=10", 200)]
    public async Task A_relationship_must_be_one_of_the_object(string path, int status) =>
        Assert.Equal(status, (int)await Client.StatusAsync(path));

    private static JsonElement[] Descriptors(JsonElement relationships, string name)
    {
        JsonElement[] descriptors = [.. relationships.GetProperty(name).GetProperty("data").EnumerateArray()];
        Assert.NotEmpty(descriptors);
        Assert.All(descriptors, descriptor => Assert.NotEmpty(descriptor.GetProperty("id").GetString()!));
        return descriptors;
    }
}
