package org.facevalue.platform.site.web;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Where nothing of cash-outs may be shown, the API's description leaves their operations out. It is made once, and so is what remains of it. */
@ControllerAdvice
class ShownOperations implements ResponseBodyAdvice<byte[]> {
    private static final String CASH_OUTS = "/api/v1/cash-outs";
    private static final String UNDOES = "Purchases on a phone bill undone, with nothing hidden.";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final SurfaceGate gate;
    private volatile @Nullable Cut last;

    ShownOperations(SurfaceGate gate) {
        this.gate = gate;
    }

    /** {@code rest}: what remains of {@code whole}. */
    private record Cut(byte[] whole, byte[] rest) {}

    @Override
    public boolean supports(
            MethodParameter method, Class<? extends HttpMessageConverter<?>> converter) {
        return OpenApiWebMvcResource.class.isAssignableFrom(method.getContainingClass());
    }

    @Override
    public byte @Nullable [] beforeBodyWrite(
            byte @Nullable [] body,
            MethodParameter method,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (body == null || gate.isOpen()) return body;
        var cut = last;
        if (cut == null || !Arrays.equals(cut.whole(), body)) {
            cut = new Cut(body, rest(body));
            last = cut;
        }
        return cut.rest();
    }

    private static byte[] rest(byte[] whole) {
        var api = (ObjectNode) JSON.readTree(whole);
        ((ObjectNode) api.path("info")).put("description", UNDOES);
        var paths = (ObjectNode) api.path("paths");
        for (var path : List.copyOf(paths.propertyNames()))
            if (isOfCashOuts(path)) paths.remove(path);
        dropUnused(paths, (ObjectNode) api.path("components").path("schemas"));
        return JSON.writeValueAsBytes(api);
    }

    private static boolean isOfCashOuts(String path) {
        return path.startsWith(CASH_OUTS)
                || Surface.of(path).filter(Surface::isOfCashOuts).isPresent();
    }

    /** A schema names others: so long as one goes, another may. */
    private static void dropUnused(JsonNode paths, ObjectNode schemas) {
        int before;
        do {
            before = schemas.size();
            var named = paths + schemas.toString();
            for (var name : List.copyOf(schemas.propertyNames()))
                if (!named.contains("/schemas/" + name + "\"")) schemas.remove(name);
        } while (schemas.size() < before);
    }
}
