package org.facevalue.platform.identity.web;

import java.time.Instant;
import java.util.List;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.identity.DeviceKeys;
import org.facevalue.platform.identity.NewDevice;
import org.facevalue.platform.identity.SignedIn;
import org.facevalue.platform.problem.Problem;
import org.facevalue.platform.problem.ProblemCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class DeviceKeyApi {
    private static final int LONGEST_LABEL = 60;
    private final NewDevice newDevice;
    private final DeviceKeys deviceKeys;

    DeviceKeyApi(NewDevice newDevice, DeviceKeys deviceKeys) {
        this.newDevice = newDevice;
        this.deviceKeys = deviceKeys;
    }

    /** {@code public_key}: 32 bytes, base64url. */
    record AddDeviceKey(
            @Nullable String publicKey,
            @Nullable String label,
            @Nullable String password,
            @Nullable String code) {}

    record DeviceKeyView(String id) {}

    record KnownDeviceKey(String id, String label, String publicKey, Instant addedAt) {}

    record DeviceKeyList(List<KnownDeviceKey> data) {}

    @GetMapping("/api/v1/device-keys")
    DeviceKeyList list(@SignedIn Caller caller) {
        return new DeviceKeyList(
                deviceKeys.of(caller.subject()).stream()
                        .map(
                                key ->
                                        new KnownDeviceKey(
                                                key.id().shown(),
                                                key.label(),
                                                key.publicKey(),
                                                key.addedAt()))
                        .toList());
    }

    @PostMapping("/api/v1/device-keys")
    @ResponseStatus(HttpStatus.CREATED)
    DeviceKeyView add(@SignedIn Caller caller, @RequestBody AddDeviceKey request) {
        var label = request.label();
        if (label == null
                || label.isBlank()
                || label.length() > LONGEST_LABEL
                || label.codePoints().anyMatch(Character::isISOControl))
            throw Problem.field("/label", "length");
        if (request.password() == null) throw Problem.field("/password", "missing");
        if (request.code() == null) throw Problem.field("/code", "missing");
        var key =
                DeviceKeys.parse(request.publicKey())
                        .orElseThrow(() -> Problem.field("/public_key", "not-ed25519"));
        return switch (newDevice.add(caller, key, label, request.password(), request.code())) {
            case NewDevice.Result.Added(var id) -> new DeviceKeyView(id.shown());
            case NewDevice.Result.NotProven n -> throw new Problem(ProblemCode.STEP_UP_FAILED);
        };
    }
}
