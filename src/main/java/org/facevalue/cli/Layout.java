package org.facevalue.cli;

import java.nio.file.Path;

/**
 * Where an installation keeps its things, and its ports.
 *
 * @param data the folder {@code data}
 * @param port the page's; sandbox, callbacks and mail take the next three
 */
public record Layout(Path data, int port) {
    private static final int USUAL_PORT = 8080;

    static Layout ofEnvironment() {
        var port = System.getenv("FACEVALUE_PORT");
        var data = System.getenv("FACEVALUE_DATA");
        try {
            return new Layout(
                    Path.of(data == null ? "data" : data).toAbsolutePath().normalize(),
                    port == null ? USUAL_PORT : Integer.parseInt(port));
        } catch (NumberFormatException e) {
            throw new Trouble("FACEVALUE_PORT is no port: " + port);
        }
    }

    public Path keys() {
        return data.resolve("keys");
    }

    int sandboxPort() {
        return port + 1;
    }

    int callbacksPort() {
        return port + 2;
    }

    int mailPort() {
        return port + 3;
    }

    String address() {
        return "http://localhost:" + port;
    }

    String sandboxAddress() {
        return "http://localhost:" + sandboxPort();
    }
}
