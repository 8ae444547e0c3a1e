using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace IocEnrich.PowerShell.Tests.Conventions;

/// <summary>What the code of a method names: texts, and the types whose members it uses.</summary>
internal sealed class MethodBody(MetadataReader metadata)
{
    private static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes).GetFields()
        .Select(static field => (OpCode)field.GetValue(null)!)
        .ToDictionary(static code => code.Value & 0xFFFF);

    /// <summary>Reads the code instruction by instruction.</summary>
    internal (List<string> Texts, List<string> Types) Read(BlobReader code)
    {
        (List<string> texts, List<string> types) = ([], []);
        while (code.RemainingBytes > 0)
        {
            int value = code.ReadByte();
            OpCode instruction = Codes[value == 0xFE ? 0xFE00 | code.ReadByte() : value];
            switch (instruction.OperandType)
            {
                case OperandType.InlineString:
                    texts.Add(metadata.GetUserString(MetadataTokens.UserStringHandle(code.ReadInt32() & 0xFFFFFF)));
                    break;
                case OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok:
                    types.Add(NameOf(MetadataTokens.EntityHandle(code.ReadInt32())));
                    break;
                case OperandType.InlineSwitch:
                    int targets = code.ReadInt32();
                    code.Offset += targets * sizeof(int);
                    break;
                default:
                    code.Offset += SizeOf(instruction.OperandType);
                    break;
            }
        }

        return (texts, types);
    }

    /// <summary>The full name of a type, or of the type that a member belongs to: of the outermost that it is declared within.</summary>
    internal string NameOf(EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                TypeDefinition definition = metadata.GetTypeDefinition((TypeDefinitionHandle)handle);
                return definition.GetDeclaringType() is { IsNil: false } outer ? NameOf(outer) : Join(definition.Namespace, definition.Name);
            case HandleKind.TypeReference:
                TypeReference reference = metadata.GetTypeReference((TypeReferenceHandle)handle);
                return reference.ResolutionScope.Kind == HandleKind.TypeReference ? NameOf(reference.ResolutionScope) : Join(reference.Namespace, reference.Name);
            case HandleKind.MethodDefinition:
                return NameOf(metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType());
            case HandleKind.FieldDefinition:
                return NameOf(metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType());
            case HandleKind.MemberReference:
                return NameOf(metadata.GetMemberReference((MemberReferenceHandle)handle).Parent);
            case HandleKind.MethodSpecification:
                return NameOf(metadata.GetMethodSpecification((MethodSpecificationHandle)handle).Method);
            default:
                // An array or a generic type, of which the argument would have to be made somewhere.
                return "";
        }
    }

    private string Join(StringHandle space, StringHandle name) => $"{metadata.GetString(space)}.{metadata.GetString(name)}";

    private static int SizeOf(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };
}
