using System.Net;
using System.Text.Json;
using VirusTotal.Emulator;

namespace IocEnrich.Engine.Tests.Emulator;

public sealed class ErrorTests() : EmulatorTestBase(new EmulatorOptions { ApiKeys = [EmulatorClient.Key], ForbiddenKeys = ["forbidden"] })
{
    [Theory]
    [InlineData(null, 401, "AuthenticationRequiredError", "X-Apikey header is missing")]
    [InlineData("", 401, "AuthenticationRequiredError", "X-Apikey header is missing")]
    [InlineData("another", 401, "WrongCredentialsError", "Wrong API key")]
    [InlineData("forbidden", 403, "ForbiddenError", "You are not authorized to perform the requested operation")]
    public async Task A_key_that_is_not_good_is_refused(string? key, int status, string code, string message) =>
        await AssertErrorAsync("domains/example.com", key, status, code, message);

    [Theory]
    [InlineData("domains/no-dot", "Domain \"no-dot\" is not a valid domain pattern")]
    [InlineData("domains/bad..name.com", "Domain \"bad..name.com\" is not a valid domain pattern")]
    [InlineData("domains/-dash.com", "Domain \"-dash.com\" is not a valid domain pattern")]
    [InlineData("domains/name.invalid", "Domain \"name.invalid\" is not a valid domain pattern")]
    [InlineData("domains/1.2.3.4", "Domain \"1.2.3.4\" is not a valid domain pattern")]
    [InlineData("domains/a%2Fb.com", "Domain \"a/b.com\" is not a valid domain pattern")]
    [InlineData("files/abc", "\"abc\" is not a valid file hash")]
    [InlineData("files/zz275a021bbfb6489e54d471899f7db9d", "\"zz275a021bbfb6489e54d471899f7db9d\" is not a valid file hash")]
    [InlineData("ip_addresses/1.2.3", "\"1.2.3\" is not a valid IP address")]
    [InlineData("ip_addresses/1.2.3.256", "\"1.2.3.256\" is not a valid IP address")]
    [InlineData("ip_addresses/01.2.3.4", "\"01.2.3.4\" is not a valid IP address")]
    [InlineData("ip_addresses/fe80::1%25eth0", "\"fe80::1%eth0\" is not a valid IP address")]
    [InlineData("urls/not+base64url", "\"not+base64url\" is not a valid URL identifier")]
    public async Task An_id_that_is_not_of_its_collection_is_an_invalid_argument(string path, string message) =>
        await AssertErrorAsync(path, EmulatorClient.Key, 400, "InvalidArgumentError", message);

    [Theory]
    [InlineData("domains/unseen.example.com", "Domain \"unseen.example.com\" not found")]
    [InlineData("ip_addresses/192.0.2.1", "IP address \"192.0.2.1\" not found")]
    [InlineData("files/11111111111111111111111111111111", "File \"11111111111111111111111111111111\" not found")]
    [InlineData("urls/aHR0cHM6Ly91bnNlZW4uZXhhbXBsZS8", "URL \"aHR0cHM6Ly91bnNlZW4uZXhhbXBsZS8\" not found")]
    [InlineData("urls/thisurlidmakesnosenseatall", "URL \"thisurlidmakesnosenseatall\" not found")]
    public async Task What_was_never_seen_is_not_found(string path, string message)
    {
        foreach (string indicator in (string[])["unseen.example.com", "192.0.2.1", new string('1', 32), "https://unseen.example/"])
        {
            Server.Answers.Set(indicator, EmulatedVerdict.NotFound);
        }

        await AssertErrorAsync(path, EmulatorClient.Key, 404, "NotFoundError", message);
    }

    [Fact]
    public async Task A_URL_by_the_hash_of_an_unseen_text_is_not_found()
    {
        string id = new('e', 64);
        await AssertErrorAsync($"urls/{id}", EmulatorClient.Key, 404, "NotFoundError", $"URL \"{id}\" not found");
    }

    [Theory]
    [InlineData("collections/x")]
    [InlineData("files")]
    [InlineData("files/")]
    [InlineData("domains/example.com/subdomains")]
    public async Task A_path_nobody_knows_is_not_found(string path) =>
        await AssertErrorAsync(path, EmulatorClient.Key, 404, "NotFoundError", "Resource not found.");

    [Fact]
    public async Task Lookups_are_answered_to_GET_only()
    {
        using HttpResponseMessage response = await Client.SendAsync("domains/example.com", method: HttpMethod.Delete);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Theory]
    [InlineData(429, "QuotaExceededError", "Quota exceeded")]
    [InlineData(503, "TransientError", "Transient server error, retry might work")]
    [InlineData(504, "DeadlineExceededError", "The operation took too long to complete")]
    [InlineData(400, "BadRequestError", "Bad request")]
    public async Task An_error_by_a_fault_has_the_usual_body(int status, string code, string message)
    {
        Server.Faults.Add($"{status}");
        await AssertErrorAsync("domains/example.com", EmulatorClient.Key, status, code, message);
    }

    [Fact]
    public async Task The_two_keys_of_an_error_come_in_either_order_but_for_one_message_always_in_the_same()
    {
        HashSet<string> orders = [];
        foreach (int number in Enumerable.Range(0, 12))
        {
            JsonElement first = await Client.JsonAsync($"files/bad_{number}");
            JsonElement second = await Client.JsonAsync($"files/bad_{number}");
            Assert.Equal(first.GetRawText(), second.GetRawText());
            orders.Add(first.GetProperty("error").EnumerateObject().First().Name);
        }

        Assert.Equal(["code", "message"], orders.Order());
    }

    private async Task AssertErrorAsync(string path, string? key, int status, string code, string message)
    {
        using HttpResponseMessage response = await Client.SendAsync(path, key, userAgent: "test gzip", acceptGzip: true);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        JsonElement error = (await EmulatorClient.ReadJsonAsync(response)).GetProperty("error");
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.Equal(message, error.GetProperty("message").GetString());
    }
}
