package org.facevalue.story;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The way between the platform and its database, byte by byte: it delays, stands still, and breaks. */
final class Wire implements AutoCloseable {
    private final ServerSocket server;
    private final int to;
    private final Random random;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** How long each way takes, at most; half of it at least. */
    volatile int delayMillis;

    /** Nothing passes, and nobody is told. */
    volatile boolean still;

    Wire(int to, long seed) throws IOException {
        this.to = to;
        this.random = new Random(seed);
        server = new ServerSocket(0, 64, InetAddress.getByName("localhost"));
        Thread.startVirtualThread(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Every connection breaks; new ones are taken. */
    void cut() throws IOException {
        for (var socket : open) socket.close();
    }

    private void accept() {
        while (!server.isClosed())
            try {
                var here = server.accept();
                var there = new Socket(InetAddress.getByName("localhost"), to);
                here.setTcpNoDelay(true);
                there.setTcpNoDelay(true);
                open.add(here);
                open.add(there);
                Thread.startVirtualThread(() -> carry(here, there));
                Thread.startVirtualThread(() -> carry(there, here));
            } catch (IOException e) {
                // closed, or the database is away: the next one may find it
            }
    }

    private void carry(Socket from, Socket onward) {
        try (from;
                onward;
                InputStream in = from.getInputStream();
                OutputStream out = onward.getOutputStream()) {
            var bytes = new byte[16 * 1024];
            for (int n = in.read(bytes); n > 0; n = in.read(bytes)) {
                delay();
                while (still) Thread.sleep(20);
                out.write(bytes, 0, n);
            }
        } catch (IOException e) {
            // cut
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(from);
            open.remove(onward);
        }
    }

    private void delay() throws InterruptedException {
        int most = delayMillis;
        if (most > 0) Thread.sleep(most / 2 + drawn(most / 2));
    }

    private synchronized int drawn(int most) {
        return random.nextInt(most + 1);
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}
