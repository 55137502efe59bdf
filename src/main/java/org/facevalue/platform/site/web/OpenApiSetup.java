package org.facevalue.platform.site.web;

import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.facevalue.platform.jurisdiction.Jurisdictions;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OpenApiSetup {
    private static final String OFFERS =
            "Purchases on a phone bill turned into money or undone, with nothing hidden.";
    private static final String UNDOES = "Purchases on a phone bill undone, with nothing hidden.";
    private static final String CASH_OUTS = "/api/v1/cash-outs";

    /** Where nothing of cash-outs may be shown, their operations are not described either. */
    @Bean
    GlobalOpenApiCustomizer onlyWhatIsShown(Jurisdictions jurisdictions) {
        return api -> {
            if (!Views.isAgainst(jurisdictions)) return;
            api.getInfo().setDescription(UNDOES);
            api.getPaths()
                    .keySet()
                    .removeIf(
                            path ->
                                    path.startsWith(CASH_OUTS)
                                            || Surface.of(path)
                                                    .filter(Surface::isOfCashOuts)
                                                    .isPresent());
            dropUnused(api);
        };
    }

    /** A schema names others: so long as one goes, another may. */
    private static void dropUnused(OpenAPI api) {
        var paths = Json31.pretty(api.getPaths());
        var schemas = api.getComponents().getSchemas();
        int before;
        do {
            before = schemas.size();
            var named = paths + Json31.pretty(schemas);
            schemas.keySet().removeIf(name -> !named.contains("/schemas/" + name + "\""));
        } while (schemas.size() < before);
    }

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(
                        new Info()
                                .title("Facevalue")
                                .version("1")
                                .description(OFFERS)
                                .license(new License().name("Apache-2.0")))
                .servers(List.of(new Server().url("/")))
                .components(
                        new Components()
                                .addSecuritySchemes(
                                        "key",
                                        new SecurityScheme()
                                                .type(SecurityScheme.Type.HTTP)
                                                .scheme("bearer")))
                .addSecurityItem(new SecurityRequirement().addList("key"));
    }
}
