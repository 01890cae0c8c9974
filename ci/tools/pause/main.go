// SPDX-License-Identifier: Apache-2.0

// Pause keeps the namespaces of a pod open until it is told to end.
package main

import (
	"os"
	"os/signal"
	"syscall"
)

func main() {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM, syscall.SIGCHLD)
	for <-signals == syscall.SIGCHLD {
		reap()
	}
}

// Reap ends the zombies of a pod that shares its process namespace, where pause is process 1.
func reap() {
	for {
		if pid, err := syscall.Wait4(-1, nil, syscall.WNOHANG, nil); pid <= 0 && err != syscall.EINTR {
			return
		}
	}
}
