// main PORT...: program i against port i.
package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
)

// answerOf gives status 0 and no header when there is no answer.
func answerOf(port string) (int, http.Header) {
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Get("http://127.0.0.1:" + port + "/")
	if err != nil {
		return 0, nil
	}
	defer response.Body.Close()
	io.Copy(io.Discard, response.Body)
	return response.StatusCode, response.Header
}

func failureOf(status int) string {
	if status == 0 {
		return "closed"
	}
	return ""
}

func told(status int, err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "gave up")
		return
	}
	fmt.Fprintln(os.Stderr, "returned", status)
}
