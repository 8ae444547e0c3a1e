# How the scripts of this repository are to be: docs/examples, build.ps1, tests/Pester, and what packs the module.
#   Invoke-ScriptAnalyzer -Path . -Recurse -Settings ./PSScriptAnalyzerSettings.psd1
@{
    IncludeDefaultRules = $true
    Severity            = @('Error', 'Warning', 'Information')

    # In Pester what BeforeAll assigns is used in It, which are scopes that this rule does not know of.
    ExcludeRules        = @('PSUseDeclaredVarsMoreThanAssignments')

    Rules               = @{
        PSAvoidExclaimOperator                    = @{ Enable = $true }
        PSAvoidSemicolonsAsLineTerminators        = @{ Enable = $true }
        PSAvoidUsingDoubleQuotesForConstantString = @{ Enable = $true }
        PSPlaceCloseBrace                         = @{ Enable = $true; NewLineAfter = $true; IgnoreOneLineBlock = $true }
        PSPlaceOpenBrace                          = @{ Enable = $true; OnSameLine = $true; NewLineAfter = $true; IgnoreOneLineBlock = $true }
        PSUseCompatibleSyntax                     = @{ Enable = $true; TargetVersions = @('7.0') }
        PSUseConsistentIndentation                = @{ Enable = $true; IndentationSize = 4; Kind = 'space'; PipelineIndentation = 'IncreaseIndentationForFirstPipeline' }
        PSUseConsistentWhitespace                 = @{ Enable = $true; IgnoreAssignmentOperatorInsideHashTable = $true }
        PSUseCorrectCasing                        = @{ Enable = $true }
    }
}
