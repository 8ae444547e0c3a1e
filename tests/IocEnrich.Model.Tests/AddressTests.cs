namespace IocEnrich.Model.Tests;

public class AddressTests
{
    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("0.0.0.0")]
    [InlineData("255.255.255.255")]
    [InlineData("185.220.101.7")]
    public void Four_numbers_up_to_255_are_an_IPv4_address(string text) => Recognised.As(IndicatorType.IPv4, text, text);

    [Theory]
    [InlineData("198.51.100.7:443", "198.51.100.7")]
    [InlineData("198.51.100.7/32", "198.51.100.7")]
    [InlineData("root@198.51.100.7", "198.51.100.7")]
    [InlineData("tcp://198.51.100.7:4444", "198.51.100.7")]
    [InlineData("::ffff:198.51.100.7", "198.51.100.7")]
    [InlineData("::FFFF:c633:6407", "198.51.100.7")]
    [InlineData("198.51.100.7.", "198.51.100.7")]
    public void What_stands_round_an_address_falls_away(string text, string address) => Recognised.As(IndicatorType.IPv4, address, text);

    [Theory]
    [InlineData("256.1.1.1", "greater than 255")]
    [InlineData("1.2.3", "exactly four numbers")]
    [InlineData("1.2.3.4.5", "exactly four numbers")]
    [InlineData("1..2.3", "exactly four numbers")]
    [InlineData("198.051.100.7", "leading zero")]
    [InlineData("198.51.100.0/24", "is a network")]
    [InlineData("2001:db8::/32", "is a network")]
    [InlineData("198.51.100.7:99999", "is not a port number")]
    [InlineData("1:2:3:4:5:6:7", "is not an IPv6 address")]
    [InlineData("1::2::3", "is not an IPv6 address")]
    [InlineData("12345::", "is not an IPv6 address")]
    public void What_is_no_single_address_is_refused_with_the_reason(string text, string reason) => Recognised.AsNothing(text, reason);

    // RFC 4291, section 2.2 in; RFC 5952 out.
    [Theory]
    [InlineData("c2[:]a5b7[:]0[:]0[:]424[::]", "c2:a5b7:0:0:424::")]
    [InlineData("C2: 2001:db8:9::1", "2001:db8:9::1")]
    [InlineData("2001:DB8:0:0:8:800:200C:417A", "2001:db8::8:800:200c:417a")]
    [InlineData("FF01:0:0:0:0:0:0:101", "ff01::101")]
    [InlineData("0:0:0:0:0:0:0:1", "::1")]
    [InlineData("0:0:0:0:0:0:0:0", "::")]
    [InlineData("::", "::")]
    [InlineData("2001:db8::", "2001:db8::")]
    [InlineData("2001:0db8:0000:0000:0001:0000:0000:0001", "2001:db8::1:0:0:1")]
    [InlineData("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1")]
    [InlineData("2001:db8:0:0:1:0:0:0", "2001:db8:0:0:1::")]
    [InlineData("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0")]
    [InlineData("64:ff9b::192.0.2.33", "64:ff9b::c000:221")]
    [InlineData("1:2:3:4:5:6:192.0.2.33", "1:2:3:4:5:6:c000:221")]
    [InlineData("fe80::1%eth0", "fe80::1")]
    [InlineData("[2001:db8::1]", "2001:db8::1")]
    [InlineData("[2001:db8::1]:8443", "2001:db8::1")]
    [InlineData("2001:db8::1/128", "2001:db8::1")]
    public void Every_form_of_an_IPv6_address_is_written_in_the_canonical_one(string text, string canonical) =>
        Recognised.As(IndicatorType.IPv6, canonical, text);
}
