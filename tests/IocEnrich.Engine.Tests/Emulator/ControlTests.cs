using System.Net;
using System.Text.Json;

namespace IocEnrich.Engine.Tests.Emulator;

public sealed class ControlTests : EmulatorTestBase
{
    [Fact]
    public async Task Another_process_reads_and_clears_the_counts_without_a_key()
    {
        await Client.StatusAsync("domains/example.com");
        await Client.StatusAsync("domains/example.com");
        await Client.StatusAsync("ip_addresses/nonsense");
        await Server.Requests.WaitForAsync(log => log.InFlight == 0);

        JsonElement counts = await Client.JsonAsync("/emulator/requests", key: null);
        JsonElement cleared = await Client.JsonAsync("/emulator/requests", key: null, HttpMethod.Delete);

        Assert.Equal(3, counts.GetProperty("total").GetInt32());
        Assert.Equal(3, counts.GetProperty("largest_minute").GetInt32());
        Assert.Equal(1, counts.GetProperty("max_concurrent").GetInt32());
        Assert.Equal(2, counts.GetProperty("indicators").GetProperty("example.com").GetInt32());
        Assert.Equal(2, counts.GetProperty("statuses").GetProperty("200").GetInt32());
        Assert.Equal(1, counts.GetProperty("statuses").GetProperty("400").GetInt32());
        Assert.Equal(0, cleared.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Another_process_replaces_and_clears_the_faults_without_a_key()
    {
        Server.Faults.Add("500");

        JsonElement set = await Client.JsonAsync("/emulator/faults", null, HttpMethod.Post, "[\"503@example.com\", \"504@first\"]");
        Assert.Equal(2, set.GetProperty("rules").GetInt32());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Client.StatusAsync("domains/example.com"));
        Assert.Equal(HttpStatusCode.GatewayTimeout, await Client.StatusAsync("domains/example.org"));
        Assert.Equal(HttpStatusCode.OK, await Client.StatusAsync("domains/example.org"));
        Assert.Equal(2, (await Client.JsonAsync("/emulator/faults", null)).GetProperty("happened").GetInt32());

        await Client.JsonAsync("/emulator/faults", null, HttpMethod.Delete);
        Assert.Equal(HttpStatusCode.OK, await Client.StatusAsync("domains/example.com"));
    }

    [Theory]
    [InlineData("[\"nonsense\"]")]
    [InlineData("{\"rules\":[]}")]
    [InlineData("[503")]
    [InlineData("[null]")]
    public async Task Faults_that_cannot_be_read_change_nothing(string body)
    {
        Server.Faults.Add("500");

        using HttpResponseMessage response = await Client.SendAsync("/emulator/faults", null, method: HttpMethod.Post, body: body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(1, Server.Faults.Count);
    }
}
