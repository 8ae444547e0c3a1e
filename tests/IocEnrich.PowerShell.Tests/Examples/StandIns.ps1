# The engine that tests have has no Utility and no Management cmdlets, and the example scripts use some. These functions stand in for
# them, as far as the scripts need them: same names, same parameters, same results. tests/Pester runs the scripts with the real ones.

function Import-Csv {
    param([string] $LiteralPath, [char] $Delimiter)

    # Cells in quotation marks may hold commas and doubled quotation marks.
    $split = { param($Line) [regex]::Matches($Line, '(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))'.Replace(',', $Delimiter)).ForEach{ ($_.Groups[1].Value + $_.Groups[2].Value).Replace('""', '"') } }
    $lines = @([System.IO.File]::ReadLines($LiteralPath))
    $names = & $split $lines[0]
    for ($row = 1; $row -lt $lines.Count; $row++) {
        $cells = & $split $lines[$row]
        $columns = [ordered]@{}
        for ($i = 0; $i -lt $names.Count; $i++) { $columns[$names[$i]] = $cells[$i] }
        [pscustomobject] $columns
    }
}

function Export-Csv {
    param([string] $LiteralPath, [Parameter(ValueFromPipeline)] $InputObject)

    begin { $lines = [System.Collections.Generic.List[string]]::new() }
    process {
        $quote = { param($Value) '"' + ($null -eq $Value ? '' : $Value.ToString().Replace('"', '""')) + '"' }
        if ($lines.Count -eq 0) { $lines.Add(@($InputObject.PSObject.Properties.Name.ForEach{ & $quote $_ }) -join ',') }
        $lines.Add(@($InputObject.PSObject.Properties.ForEach{ & $quote $_.Value }) -join ',')
    }
    end { [System.IO.File]::WriteAllLines($LiteralPath, $lines) }
}

function ConvertTo-Json {
    param([object[]] $InputObject, [int] $Depth, [switch] $EnumsAsStrings)

    $options = [System.Text.Json.JsonSerializerOptions]::new()
    $options.MaxDepth = $Depth + 1
    if ($EnumsAsStrings) { $options.Converters.Add([System.Text.Json.Serialization.JsonStringEnumConverter]::new()) }
    $plain = [object[]]::new($InputObject.Count)
    for ($i = 0; $i -lt $plain.Count; $i++) { $plain[$i] = $InputObject[$i].PSObject.BaseObject }
    [System.Text.Json.JsonSerializer]::Serialize($plain, [object[]], $options)
}

function Set-Content {
    param([string] $LiteralPath, [Parameter(ValueFromPipeline)] [string] $Value)
    process { [System.IO.File]::WriteAllText($LiteralPath, "$Value`n") }
}

function Add-Content {
    param([string] $LiteralPath, [Parameter(ValueFromPipeline)] [string] $Value)
    process { [System.IO.File]::AppendAllText($LiteralPath, "$Value`n") }
}

function Remove-Item {
    [CmdletBinding()] param([string[]] $LiteralPath)
    foreach ($path in $LiteralPath) { [System.IO.File]::Delete($path) }
}

function Sort-Object {
    param([object[]] $Property, [switch] $Descending, [Parameter(ValueFromPipeline)] $InputObject)

    begin { $items = [System.Collections.Generic.List[object]]::new() }
    process { $items.Add($InputObject) }
    end {
        # The last key first, each sort keeping the order of equals: so the first key counts most.
        $sorted = [System.Collections.Generic.IEnumerable[object]] $items
        for ($i = $Property.Count - 1; $i -ge 0; $i--) {
            $key = $Property[$i]
            $value = [Func[object, object]] { param($Item) $key -is [scriptblock] ? ($Item | ForEach-Object $key) : $Item.$key }.GetNewClosure()
            $sorted = $Descending ? [System.Linq.Enumerable]::OrderByDescending($sorted, $value) : [System.Linq.Enumerable]::OrderBy($sorted, $value)
            $sorted = [System.Linq.Enumerable]::ToList($sorted)
        }

        $sorted
    }
}

function Select-Object {
    param([int] $First, [Parameter(ValueFromPipeline)] $InputObject)
    begin { $left = $First }
    process { if ($left-- -gt 0) { $InputObject } }
}

function Group-Object {
    param($Property, [switch] $AsHashTable, [Parameter(ValueFromPipeline)] $InputObject)

    begin { $groups = @{} }
    process {
        $key = $Property -is [scriptblock] ? ($InputObject | ForEach-Object $Property) : $InputObject.$Property
        if ($null -ne $key) { $groups[$key] = @($groups[$key]) + $InputObject -ne $null }
    }
    end { if ($AsHashTable -and $groups.Count) { $groups } }
}

function Add-Member {
    param([System.Collections.IDictionary] $NotePropertyMembers, [switch] $PassThru, [switch] $Force, [Parameter(ValueFromPipeline)] $InputObject)

    process {
        foreach ($member in $NotePropertyMembers.GetEnumerator()) {
            if ($Force) { $InputObject.PSObject.Properties.Remove($member.Key) }
            $InputObject.PSObject.Properties.Add([psnoteproperty]::new($member.Key, $member.Value))
        }

        if ($PassThru) { $InputObject }
    }
}

function Get-ChildItem {
    param([string] $LiteralPath, [string] $Filter, [switch] $File, [switch] $Recurse)
    if ($File) { [System.IO.DirectoryInfo]::new($LiteralPath).GetFiles($Filter, $Recurse ? 'AllDirectories' : 'TopDirectoryOnly') }
}

function Get-FileHash {
    param([string] $Algorithm, [Parameter(ValueFromPipeline)] [System.IO.FileInfo] $Item)

    process {
        $hash = [System.Security.Cryptography.CryptographicOperations]::HashData($Algorithm, [System.IO.File]::ReadAllBytes($Item.FullName))
        [pscustomobject]@{ Algorithm = $Algorithm; Hash = [Convert]::ToHexString($hash); Path = $Item.FullName }
    }
}

function Get-Process {
    [CmdletBinding()] param([int] $Id)
    [System.Diagnostics.Process]::GetProcessById($Id) | ForEach-Object { [pscustomobject]@{ Id = $_.Id; Name = $_.ProcessName } }
}

function Write-Warning {
    [CmdletBinding()] param([string] $Message)
    $PSCmdlet.WriteWarning($Message)
}
