import gc

from confapp import create_app
from confapp.serving import warm

app = create_app()
warm(app)
gc.collect()
gc.freeze()  # what stays for good is not searched again and again, and stays shared by the workers that are forked off
