// SPDX-License-Identifier: Apache-2.0

// Writes scalars.tsv: each line of its first column, as the YAML library of kubectl resolves it.
//
//	cut -f1 scalars.tsv | go run . > new && mv new scalars.tsv
package main

import (
	"bufio"
	"fmt"
	"os"

	"sigs.k8s.io/yaml/goyaml.v2"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		kind, value := resolve(lines.Text())
		fmt.Printf("%s\t%s\t%s\n", lines.Text(), kind, value)
	}
}

func resolve(text string) (kind, value string) {
	var data any
	if err := yaml.Unmarshal([]byte(text), &data); err != nil {
		return "error", ""
	}
	switch data.(type) {
	case nil:
		return "NoneType", ""
	case bool:
		return "bool", fmt.Sprint(data)
	case int, int64, uint64:
		return "int", fmt.Sprint(data)
	case float64:
		return "float", fmt.Sprint(data)
	case string:
		return "str", fmt.Sprint(data)
	}
	return fmt.Sprintf("%T", data), ""
}
