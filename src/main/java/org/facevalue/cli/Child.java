package org.facevalue.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One child process: started again when it ends, until it is stopped. Health has no say in it. */
final class Child {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private final String name;
    private final Supplier<ProcessBuilder> command;
    private final boolean endsWithPipe;
    private volatile Process process;
    private volatile boolean stopping;

    /** @param endsWithPipe whether closing its standard input is how it is told to end; otherwise SIGINT is */
    Child(String name, Supplier<ProcessBuilder> command, boolean endsWithPipe) throws IOException {
        this.name = name;
        this.command = command;
        this.endsWithPipe = endsWithPipe;
        this.process = command.get().start();
        Thread.ofPlatform().daemon().name("watch " + name).start(this::watch);
    }

    private void watch() {
        while (!stopping) {
            try {
                int code = process.waitFor();
                if (stopping) return;
                System.out.println(
                        "facevalue: " + name + " ended (" + code + ") and is started again");
                Thread.sleep(PAUSE);
                if (!stopping) process = command.get().start();
            } catch (InterruptedException e) {
                return;
            } catch (IOException e) {
                System.err.println("facevalue: " + name + " cannot be started: " + e.getMessage());
            }
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Stops it in order, and by force when it takes too long. */
    void stop() {
        stopping = true;
        try {
            if (endsWithPipe) process.getOutputStream().close();
            else
                new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                process.destroyForcibly().waitFor();
        } catch (IOException e) {
            process.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
