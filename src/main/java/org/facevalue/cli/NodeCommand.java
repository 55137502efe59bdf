package org.facevalue.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Joins another platform process to an installation that runs: the same database and keys, a port of its own. */
@Command(name = "node", description = "another platform process beside a running one")
final class NodeCommand implements Callable<Integer> {
    @Option(
            names = "--port",
            required = true,
            description = "of its page; its callbacks take the next one")
    private int port;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try {
            return join(Layout.ofEnvironment());
        } catch (Trouble trouble) {
            System.err.println("facevalue: " + trouble.getMessage());
            return 1;
        }
    }

    private int join(Layout layout) throws IOException, InterruptedException {
        var began = System.nanoTime();
        var login = Databases.ofRunning(layout).platform();
        Programs.wantPorts("--port wants two free ones: page and callbacks.", port, port + 1);
        var name = "node-" + port;
        var stopped = new CountDownLatch(1);
        var child =
                new Child(
                        name,
                        () -> Programs.platform(layout, login, port, port + 1, name, ""),
                        true);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    child.stop();
                                    stopped.countDown();
                                }));
        Programs.waitUntilReady("http://localhost:" + port, layout.data().resolve(name + ".log"));
        System.out.printf(
                "facevalue: ready in %.1f s beside the others. Open http://localhost:%d; Ctrl-C stops this node%n",
                (System.nanoTime() - began) / 1e9, port);
        stopped.await();
        return 0;
    }
}
