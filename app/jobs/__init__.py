"""One job from snapshot to saved files. asyncio; no Qt, no HTTP, no file names of its own."""
