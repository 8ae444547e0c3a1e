using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http.Features;

namespace VirusTotal.Emulator.Http;

/// <summary>
/// Connects the handler to Kestrel itself. A host would bring configuration files, environment variables, logging and the console's
/// signals: none of them is wanted in a server that tests start by the hundred.
/// </summary>
internal sealed class HandlerApplication(ApiHandler handler) : IHttpApplication<DefaultHttpContext>
{
    public DefaultHttpContext CreateContext(IFeatureCollection contextFeatures)
    {
        // Kestrel offers a place on the connection where the context waits for the next request.
        if (contextFeatures is IHostContextContainer<DefaultHttpContext> container)
        {
            container.HostContext ??= new DefaultHttpContext();
            container.HostContext.Initialize(contextFeatures);
            return container.HostContext;
        }

        return new DefaultHttpContext(contextFeatures);
    }

    public Task ProcessRequestAsync(DefaultHttpContext context) => handler.HandleAsync(context);

    public void DisposeContext(DefaultHttpContext context, Exception? exception) => context.Uninitialize();
}
