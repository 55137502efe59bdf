package org.facevalue.story;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.facevalue.cli.Api;

/** Starts {@link DyingPlatform} and waits until it is ready. */
final class PlatformProcess {
    private PlatformProcess() {}

    /** @param order the file by which it is told to die or to stop */
    static Process start(Map<String, String> settings, String address, Path order)
            throws IOException, InterruptedException {
        return start(settings, address, order, List.of());
    }

    /** @param options of the JVM */
    static Process start(
            Map<String, String> settings, String address, Path order, List<String> options)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(options);
        command.addAll(
                List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-Dfacevalue.die=" + order,
                        "-cp",
                        System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path")),
                        DyingPlatform.class.getName()));
        settings.forEach((name, value) -> command.add("--" + name + "=" + value));
        var log = order.resolveSibling("platform.log");
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        var health = new Api(address, null);
        for (int i = 0; i < 600; i++) {
            Thread.sleep(100);
            try {
                if (health.get("/health").status() == 200) return process;
            } catch (RuntimeException e) {
                // not listening yet
            }
        }
        throw new AssertionError("the platform does not start: see " + log);
    }
}
