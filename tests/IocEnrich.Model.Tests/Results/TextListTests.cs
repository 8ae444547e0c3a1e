using System.Text.Json;

namespace IocEnrich.Model.Tests.Results;

public sealed class TextListTests
{
    [Fact]
    public void A_list_reads_as_one_text_in_a_cell_and_as_an_array_in_json()
    {
        TextList list = new(["peexe", "signed"]);

        Assert.Equal("peexe; signed", list.ToString());
        Assert.Equal("""["peexe","signed"]""", JsonSerializer.Serialize(list));
        Assert.Equal("", TextList.Empty.ToString());
    }
}
